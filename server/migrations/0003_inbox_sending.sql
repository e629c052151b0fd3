CREATE TABLE "delivery_attempts" (
	"message_id" uuid NOT NULL,
	"attempt" smallint NOT NULL,
	"outcome" text NOT NULL,
	"answer" text NOT NULL,
	"recipients" text[] DEFAULT '{}' NOT NULL,
	"at" timestamptz NOT NULL,
	CONSTRAINT "delivery_attempts_message_id_attempt_pk" PRIMARY KEY("message_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "dkim_keys" (
	"domain" text NOT NULL,
	"selector" text NOT NULL,
	"algorithm" text NOT NULL,
	"private_key" text NOT NULL,
	"public_key" text NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"retired_at" timestamptz,
	"checked_at" timestamptz,
	"problem" text,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "dkim_keys_domain_selector_pk" PRIMARY KEY("domain","selector")
);
--> statement-breakpoint
CREATE TABLE "domain_paces" (
	"domain" text PRIMARY KEY NOT NULL,
	"goes" bigint[] DEFAULT '{}' NOT NULL,
	"refusals" smallint DEFAULT 0 NOT NULL,
	"not_before" timestamptz,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "paced_deliveries" (
	"message_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"goes_at" timestamptz NOT NULL,
	"worker" text,
	"since" timestamptz,
	CONSTRAINT "paced_deliveries_message_id_domain_pk" PRIMARY KEY("message_id","domain")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"mailbox_id" uuid PRIMARY KEY NOT NULL,
	"display_name" text,
	"host" text,
	"port" integer,
	"secure" boolean DEFAULT false NOT NULL,
	"tls" text DEFAULT 'opportunistic' NOT NULL,
	"username" text,
	"password" text,
	"bounce_domain" text,
	"updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "dkim" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "resend_of" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "may_decline" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paced_deliveries" ADD CONSTRAINT "paced_deliveries_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "senders" ADD CONSTRAINT "senders_mailbox_id_sources_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paced_deliveries_running" ON "paced_deliveries" USING btree ("domain") WHERE worker is not null;