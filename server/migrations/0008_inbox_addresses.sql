CREATE TABLE "absences" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"until" date,
	"noted_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_failures" (
	"message_id" uuid NOT NULL,
	"email" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"status" text,
	"diagnostic" text NOT NULL,
	"remote" text,
	"delayed" boolean DEFAULT false NOT NULL,
	"reported_by" uuid NOT NULL,
	"at" timestamptz NOT NULL,
	CONSTRAINT "delivery_failures_message_id_email_pk" PRIMARY KEY("message_id","email")
);
--> statement-breakpoint
CREATE TABLE "mail_addresses" (
	"email" text PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'ok' NOT NULL,
	"reason" text,
	"status" text,
	"since" timestamptz NOT NULL,
	"soft_count" smallint DEFAULT 0 NOT NULL,
	"soft_since" timestamptz,
	"last_failure_at" timestamptz,
	"unsubscribed_at" timestamptz,
	"message_id" uuid,
	"updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_failures" ADD CONSTRAINT "delivery_failures_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_failures" ADD CONSTRAINT "delivery_failures_reported_by_messages_id_fk" FOREIGN KEY ("reported_by") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_addresses" ADD CONSTRAINT "mail_addresses_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_email" ON "absences" USING btree ("email","noted_at");--> statement-breakpoint
CREATE INDEX "delivery_failures_reported" ON "delivery_failures" USING btree ("reported_by");--> statement-breakpoint
CREATE INDEX "mail_addresses_suppressed" ON "mail_addresses" USING btree ("updated_at","email") WHERE state in ('hard', 'blocked', 'complained') or unsubscribed_at is not null;--> statement-breakpoint
CREATE INDEX "mail_addresses_message" ON "mail_addresses" USING btree ("message_id");