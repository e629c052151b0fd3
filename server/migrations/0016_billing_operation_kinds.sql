ALTER TABLE "operation_previews" ALTER COLUMN "charge" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operation_previews" ALTER COLUMN "cause" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "money" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "charge" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "cause" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "preview_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operation_previews" ADD COLUMN "kind" text DEFAULT 'refund' NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "subject" text;--> statement-breakpoint
UPDATE "operations" SET "subject" = "charge";--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "subject" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "effect_id" text;--> statement-breakpoint
CREATE INDEX "operations_subject" ON "operations" USING btree ("subject");