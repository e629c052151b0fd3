ALTER TABLE "product_attempts" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "product_operations" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "product_attempts" CASCADE;--> statement-breakpoint
DROP TABLE "product_operations" CASCADE;--> statement-breakpoint
CREATE INDEX "operations_contact" ON "operations" USING btree ("contact_id","created_at" DESC NULLS LAST) WHERE contact_id is not null;