CREATE TABLE "entitlements" (
	"key" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"email" text,
	"domain" text,
	"contact_id" uuid,
	"account_id" uuid,
	"access" text NOT NULL,
	"access_until" timestamptz,
	"plan" text,
	"seats" integer,
	"seats_used" integer,
	"quotas" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"source" text NOT NULL,
	"source_name" text NOT NULL,
	"occurred_at" timestamptz NOT NULL,
	"recorded_at" timestamptz NOT NULL,
	CONSTRAINT "entitlements_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entitlements_email" ON "entitlements" USING btree ("email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "entitlements_domain" ON "entitlements" USING btree ("domain") WHERE domain is not null;--> statement-breakpoint
CREATE INDEX "entitlements_contact" ON "entitlements" USING btree ("contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "entitlements_account" ON "entitlements" USING btree ("account_id") WHERE account_id is not null;