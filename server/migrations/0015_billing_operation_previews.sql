ALTER TABLE "refund_previews" RENAME TO "operation_previews";--> statement-breakpoint
ALTER TABLE "operations" DROP CONSTRAINT "operations_preview_id_refund_previews_id_fk";
--> statement-breakpoint
DROP INDEX "refund_previews_unused";--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_preview_id_operation_previews_id_fk" FOREIGN KEY ("preview_id") REFERENCES "public"."operation_previews"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operation_previews_unused" ON "operation_previews" USING btree ("expires_at") WHERE operation_id is null;