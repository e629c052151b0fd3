CREATE TABLE "corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "corrections_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	"other_id" uuid,
	"undo" jsonb NOT NULL,
	"ledger_seq" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"agent_id" uuid,
	"created_at" timestamptz NOT NULL,
	"undone_at" timestamptz
);
--> statement-breakpoint
ALTER TABLE "ticket_participants" ADD COLUMN "correction_id" uuid;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_other_id_tickets_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_ticket" ON "corrections" USING btree ("ticket_id","seq");--> statement-breakpoint
CREATE INDEX "corrections_other" ON "corrections" USING btree ("other_id","seq");--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_merged_into_id_tickets_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."tickets"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipts_message" ON "receipts" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "tickets_merged" ON "tickets" USING btree ("merged_into_id") WHERE merged_into_id is not null;