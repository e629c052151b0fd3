CREATE TABLE "answer_choices" (
	"contact_id" uuid NOT NULL,
	"email" text NOT NULL,
	"choice" text NOT NULL,
	"agent_id" uuid,
	"at" timestamptz NOT NULL,
	CONSTRAINT "answer_choices_contact_id_email_pk" PRIMARY KEY("contact_id","email")
);
--> statement-breakpoint
CREATE TABLE "mailbox_aliases" (
	"address" text PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "plus_state" text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "plus_checked_at" timestamptz;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "answer_from_alias" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "mail" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "proposal" jsonb;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "deleted_at" timestamptz;--> statement-breakpoint
ALTER TABLE "answer_choices" ADD CONSTRAINT "answer_choices_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_aliases" ADD CONSTRAINT "mailbox_aliases_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_answers" ON "messages" USING btree ("source_id","in_reply_to") WHERE in_reply_to is not null;--> statement-breakpoint
CREATE INDEX "tickets_deleted" ON "tickets" USING btree ("deleted_at","id") WHERE deleted_at is not null;