CREATE TABLE "product_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"definition" jsonb NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "product_actions_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "product_attempts" (
	"operation_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"started_at" timestamptz NOT NULL,
	"ended_at" timestamptz,
	"outcome" text NOT NULL,
	"detail" text,
	"retry_after_ms" integer,
	CONSTRAINT "product_attempts_operation_id_seq_pk" PRIMARY KEY("operation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "product_operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"definition" jsonb NOT NULL,
	"key" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"state" text NOT NULL,
	"seen" jsonb NOT NULL,
	"contact_id" uuid,
	"ticket_id" uuid,
	"approval" text,
	"decided_by_name" text,
	"reason" text,
	"requested_by" text NOT NULL,
	"requested_by_name" text NOT NULL,
	"problem" text,
	"next_at" timestamptz,
	"created_at" timestamptz NOT NULL,
	"ended_at" timestamptz
);
--> statement-breakpoint
CREATE TABLE "product_secrets" (
	"use" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"made_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"received_at" timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE "product_attempts" ADD CONSTRAINT "product_attempts_operation_id_product_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."product_operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "product_operations_created" ON "product_operations" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "product_operations_ticket" ON "product_operations" USING btree ("ticket_id","created_at") WHERE ticket_id is not null;--> statement-breakpoint
CREATE INDEX "product_operations_contact" ON "product_operations" USING btree ("contact_id","created_at") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "product_operations_moving" ON "product_operations" USING btree ("key") WHERE state in ('queued', 'running', 'verifying');--> statement-breakpoint
CREATE INDEX "product_webhooks_received" ON "product_webhooks" USING btree ("received_at");