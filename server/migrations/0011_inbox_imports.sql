CREATE TABLE "import_items" (
	"import_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"receipt_id" uuid,
	"ticket_id" uuid,
	"message_id" uuid,
	"opened" boolean DEFAULT false NOT NULL,
	"contact_id" uuid,
	CONSTRAINT "import_items_import_id_place_pk" PRIMARY KEY("import_id","place")
);
--> statement-breakpoint
CREATE TABLE "import_threads" (
	"source_id" uuid NOT NULL,
	"message_key" text NOT NULL,
	"ticket_id" uuid NOT NULL,
	CONSTRAINT "import_threads_source_id_message_key_pk" PRIMARY KEY("source_id","message_key")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"path" text NOT NULL,
	"uploaded" boolean NOT NULL,
	"total" bigint NOT NULL,
	"state" text NOT NULL,
	"position" text NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"read" integer DEFAULT 0 NOT NULL,
	"filed" integer DEFAULT 0 NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"parked" integer DEFAULT 0 NOT NULL,
	"left_out" integer DEFAULT 0 NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"kept" integer DEFAULT 0 NOT NULL,
	"trouble" text,
	"created_at" timestamptz NOT NULL,
	"ended_at" timestamptz
);
--> statement-breakpoint
ALTER TABLE "import_items" ADD CONSTRAINT "import_items_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_items" ADD CONSTRAINT "import_items_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_threads" ADD CONSTRAINT "import_threads_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_threads" ADD CONSTRAINT "import_threads_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_items_ticket" ON "import_items" USING btree ("ticket_id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_items_receipt" ON "import_items" USING btree ("receipt_id");--> statement-breakpoint
CREATE INDEX "import_threads_ticket" ON "import_threads" USING btree ("ticket_id");