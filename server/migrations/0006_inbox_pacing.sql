DROP INDEX "paced_deliveries_running";--> statement-breakpoint
CREATE INDEX "paced_deliveries_domain" ON "paced_deliveries" USING btree ("domain");