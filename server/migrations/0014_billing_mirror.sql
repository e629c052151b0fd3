CREATE TABLE "mirror_audits" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mirror_audits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"stripe_account" text NOT NULL,
	"started_at" timestamptz NOT NULL,
	"ended_at" timestamptz NOT NULL,
	"sampled" integer NOT NULL,
	"unread" integer NOT NULL,
	"drifted" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mirror_drifts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mirror_drifts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"stripe_account" text NOT NULL,
	"kind" text NOT NULL,
	"object_id" text NOT NULL,
	"fields" text[] NOT NULL,
	"found_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stripe_reads" (
	"stripe_account" text PRIMARY KEY NOT NULL,
	"next_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mirror_objects" ADD COLUMN "api_version" text;--> statement-breakpoint
CREATE INDEX "mirror_audits_account" ON "mirror_audits" USING btree ("stripe_account","id");--> statement-breakpoint
CREATE INDEX "mirror_drifts_account" ON "mirror_drifts" USING btree ("stripe_account","id");