CREATE TABLE "feed_folders" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "feed_folders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source_id" uuid NOT NULL,
	"path" text NOT NULL,
	"role" text NOT NULL,
	"uid_validity" bigint NOT NULL,
	"epoch" smallint DEFAULT 0 NOT NULL,
	"first_opened_at" timestamptz NOT NULL,
	"start_uid" bigint NOT NULL,
	"next_uid" bigint NOT NULL,
	"older_next" bigint,
	"older_since" timestamptz,
	"older_done" integer DEFAULT 0 NOT NULL,
	"older_total" integer DEFAULT 0 NOT NULL,
	"suspect_uid" bigint,
	"suspect_tries" smallint DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"reconciled_at" timestamptz,
	"server_count" integer,
	"recorded_count" integer,
	"unlisted" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_items" (
	"folder_id" integer NOT NULL,
	"epoch" smallint NOT NULL,
	"uid" bigint NOT NULL,
	"state" text NOT NULL,
	"receipt_id" uuid,
	"message_id" uuid,
	"provider_id" text,
	"history" boolean DEFAULT false NOT NULL,
	"at" timestamptz NOT NULL,
	CONSTRAINT "feed_items_folder_id_epoch_uid_pk" PRIMARY KEY("folder_id","epoch","uid")
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"source_id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"security" text NOT NULL,
	"verify_certificate" boolean DEFAULT true NOT NULL,
	"username" text NOT NULL,
	"auth" text NOT NULL,
	"token_url" text,
	"client_id" text,
	"secret" text NOT NULL,
	"folders" text[] NOT NULL,
	"read_sent" boolean DEFAULT true NOT NULL,
	"sent_folder" text,
	"backfill_since" timestamptz,
	"paused" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"pokes" integer DEFAULT 0 NOT NULL,
	"reconcile_asked" boolean DEFAULT false NOT NULL,
	"last_success_at" timestamptz,
	"failing_since" timestamptz,
	"error" text,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feed_folders" ADD CONSTRAINT "feed_folders_source_id_feeds_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."feeds"("source_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_items" ADD CONSTRAINT "feed_items_folder_id_feed_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."feed_folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_items" ADD CONSTRAINT "feed_items_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "feed_folders_path" ON "feed_folders" USING btree ("source_id","path");--> statement-breakpoint
CREATE INDEX "feed_items_receipt" ON "feed_items" USING btree ("receipt_id") WHERE receipt_id is not null;--> statement-breakpoint
CREATE INDEX "feed_items_missing" ON "feed_items" USING btree ("folder_id") WHERE state = 'missing';