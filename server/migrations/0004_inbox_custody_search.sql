CREATE TABLE "custody_rerun_items" (
	"rerun_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"receipt_id" uuid NOT NULL,
	"became" text,
	"trouble" text,
	CONSTRAINT "custody_rerun_items_rerun_id_place_pk" PRIMARY KEY("rerun_id","place")
);
--> statement-breakpoint
CREATE TABLE "custody_reruns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reason" text,
	"total" integer NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"started_at" timestamptz NOT NULL,
	"ended_at" timestamptz
);
--> statement-breakpoint
ALTER TABLE "custody_rerun_items" ADD CONSTRAINT "custody_rerun_items_rerun_id_custody_reruns_id_fk" FOREIGN KEY ("rerun_id") REFERENCES "public"."custody_reruns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custody_rerun_items" ADD CONSTRAINT "custody_rerun_items_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "custody_rerun_items_item" ON "custody_rerun_items" USING btree ("receipt_id");--> statement-breakpoint
CREATE INDEX "receipts_source_disposition" ON "receipts" USING btree ("source_id","disposition","received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_flagged" ON "receipts" USING btree ("received_at","id") WHERE flagged;--> statement-breakpoint
CREATE INDEX "receipts_sender" ON "receipts" USING btree (lower(from_address),"received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_duplicates" ON "receipts" USING btree ("duplicate_of","received_at") WHERE duplicate_of is not null;--> statement-breakpoint
CREATE INDEX "receipts_text" ON "receipts" USING gin (from_address gin_trgm_ops,subject gin_trgm_ops,(envelope ->> 'to') gin_trgm_ops) WITH (fastupdate=true,gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "events_custody_rerun" ON "events" USING btree ((data ->> 'itemId'),"seq") WHERE type = 'custody.rerun';--> statement-breakpoint
-- Finer statistics let the planner tell a frequent word, found by walking the newest, from a rare one, found by the index.
ALTER TABLE "receipts" ALTER COLUMN "subject" SET STATISTICS 500;--> statement-breakpoint
ALTER TABLE "receipts" ALTER COLUMN "from_address" SET STATISTICS 500;
