ALTER TABLE "webhook_events" ADD COLUMN "subject" text GENERATED ALWAYS AS (case when type like 'billing_portal.%' then payload #>> '{data,object,customer}' else payload #>> '{data,object,id}' end) STORED;--> statement-breakpoint
CREATE INDEX "webhook_events_subject" ON "webhook_events" USING btree ("stripe_account","subject");--> statement-breakpoint
-- Prices and tax rates were not mirrored before: copies that were done go on from there.
UPDATE "stripe_connections" SET "backfill" = "backfill" || '{"stage": "price", "cursor": null, "done": false}' WHERE ("backfill" ->> 'done')::boolean;
