CREATE SEQUENCE "public"."mirror_marks" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"operation_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"required_role" text NOT NULL,
	"codes" text[] NOT NULL,
	"because" text NOT NULL,
	"policy_version" integer NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"reason" text,
	"decided_at" timestamptz,
	"created_at" timestamptz NOT NULL,
	"expires_at" timestamptz NOT NULL,
	CONSTRAINT "approvals_operation_id_unique" UNIQUE("operation_id")
);
--> statement-breakpoint
CREATE TABLE "authority_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"sent_to" text NOT NULL,
	"hash" text NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"used_at" timestamptz,
	"created_at" timestamptz NOT NULL,
	"expires_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authority_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"customer_id" text,
	"sent_to" text,
	"reason" text,
	"by_name" text NOT NULL,
	"granted_by" text,
	"at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "billing_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"stripe_account" text NOT NULL,
	"customer_id" text NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"state" text NOT NULL,
	"evidence" text NOT NULL,
	"strength" text NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" timestamptz,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fx_rates" (
	"on" date NOT NULL,
	"base" text NOT NULL,
	"currency" text NOT NULL,
	"per_unit" text NOT NULL,
	CONSTRAINT "fx_rates_base_currency_on_pk" PRIMARY KEY("base","currency","on")
);
--> statement-breakpoint
CREATE TABLE "mirror_objects" (
	"stripe_account" text NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text,
	"refs" text[] DEFAULT '{}' NOT NULL,
	"email" text,
	"name" text,
	"created" timestamptz,
	"deleted" boolean DEFAULT false NOT NULL,
	"data" jsonb,
	"hinted_mark" bigint,
	"reading_mark" bigint,
	"reading_since" timestamptz,
	"kept_mark" bigint,
	"fetched_at" timestamptz,
	"listed_at" timestamptz,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"retry_at" timestamptz,
	"error" text,
	CONSTRAINT "mirror_objects_stripe_account_kind_id_pk" PRIMARY KEY("stripe_account","kind","id")
);
--> statement-breakpoint
CREATE TABLE "operation_attempts" (
	"operation_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"started_at" timestamptz NOT NULL,
	"ended_at" timestamptz,
	"outcome" text NOT NULL,
	"detail" text,
	"found" text,
	"retry_after_ms" integer,
	CONSTRAINT "operation_attempts_operation_id_seq_pk" PRIMARY KEY("operation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text DEFAULT 'refund' NOT NULL,
	"state" text NOT NULL,
	"stripe_account" text NOT NULL,
	"money" jsonb NOT NULL,
	"charge" text NOT NULL,
	"invoice" text,
	"subscription" text,
	"customer_id" text,
	"contact_id" uuid,
	"contact_name" text,
	"ticket_id" uuid,
	"cause" text NOT NULL,
	"reason" text,
	"preview_id" uuid NOT NULL,
	"decision" jsonb NOT NULL,
	"plan" jsonb NOT NULL,
	"refund_id" text,
	"credit_note_id" text,
	"problem" text,
	"reply_draft" text,
	"requested_by" text,
	"requested_by_name" text NOT NULL,
	"requested_by_agent" uuid,
	"next_at" timestamptz,
	"created_at" timestamptz NOT NULL,
	"started_at" timestamptz,
	"ended_at" timestamptz,
	CONSTRAINT "operations_preview_id_unique" UNIQUE("preview_id")
);
--> statement-breakpoint
CREATE TABLE "refund_policies" (
	"version" integer PRIMARY KEY NOT NULL,
	"data" jsonb NOT NULL,
	"effective_from" timestamptz NOT NULL,
	"created_by" text,
	"created_by_name" text
);
--> statement-breakpoint
CREATE TABLE "refund_previews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"stripe_account" text NOT NULL,
	"made_by" text NOT NULL,
	"charge" text NOT NULL,
	"invoice" text,
	"subscription" text,
	"customer_id" text,
	"contact_id" uuid,
	"contact_name" text,
	"ticket_id" uuid,
	"cause" text NOT NULL,
	"input" jsonb NOT NULL,
	"seen" jsonb NOT NULL,
	"policy_version" integer NOT NULL,
	"operation_id" uuid,
	"created_at" timestamptz NOT NULL,
	"expires_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stripe_connections" (
	"stripe_account" text PRIMARY KEY NOT NULL,
	"endpoint_id" text,
	"endpoint_url" text,
	"sealed_secret" text,
	"backfill" jsonb,
	"compared_at" timestamptz,
	"compared_up_to" bigint,
	"matched_up_to" text
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"stripe_account" text NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	"api_version" text,
	"via" text DEFAULT 'webhook' NOT NULL,
	"payload" jsonb NOT NULL,
	"received_at" timestamptz NOT NULL,
	"processed_at" timestamptz,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "webhook_events_stripe_account_id_pk" PRIMARY KEY("stripe_account","id")
);
--> statement-breakpoint
CREATE TABLE "account_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"confirmed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"segment" text DEFAULT 'enterprise' NOT NULL,
	"profile" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_identities" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"verified" text DEFAULT 'none' NOT NULL,
	"verified_at" timestamptz,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "contact_identities_kind_value_pk" PRIMARY KEY("kind","value")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"segment" text DEFAULT 'consumer' NOT NULL,
	"locale" text,
	"time_zone" text,
	"account_id" uuid,
	"account_role" text DEFAULT 'member' NOT NULL,
	"profile" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "custody_counts" (
	"source_id" uuid NOT NULL,
	"disposition" text NOT NULL,
	"slot" smallint NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "custody_counts_source_id_disposition_slot_pk" PRIMARY KEY("source_id","disposition","slot")
);
--> statement-breakpoint
CREATE TABLE "raw_items" (
	"receipt_id" uuid PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipt_work" (
	"receipt_id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"indexed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"provider_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"disposition" text NOT NULL,
	"reason" text NOT NULL,
	"from_address" text,
	"subject" text,
	"size" integer NOT NULL,
	"envelope" jsonb NOT NULL,
	"flagged" boolean DEFAULT false NOT NULL,
	"reruns" smallint DEFAULT 0 NOT NULL,
	"ticket_id" uuid,
	"message_id" uuid,
	"duplicate_of" uuid,
	"received_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text DEFAULT 'email' NOT NULL,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"team_id" uuid NOT NULL,
	"auto_acknowledge" boolean DEFAULT false NOT NULL,
	"acknowledgement" text DEFAULT '' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "sources_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"message_id" uuid,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"content_id" text,
	"inline" boolean DEFAULT false NOT NULL,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auto_mails" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"sent_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"state" text NOT NULL,
	"leaves_at" timestamptz,
	"queued_at" timestamptz,
	"retry_at" timestamptz,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"worker" text,
	"error" text,
	"accepted" text[] DEFAULT '{}' NOT NULL,
	"refused" text[] DEFAULT '{}' NOT NULL,
	"auto_submitted" text,
	"subject" text NOT NULL,
	"signature" text DEFAULT '' NOT NULL,
	"quoted_id" uuid,
	"rating_id" uuid,
	"secret" text,
	"status_after" text,
	"created_at" timestamptz NOT NULL,
	"at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"ticket_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"html" text NOT NULL,
	"to_addresses" jsonb,
	"cc_addresses" jsonb,
	"attachment_ids" text[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "drafts_ticket_id_agent_id_pk" PRIMARY KEY("ticket_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "message_search" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"created_at" timestamptz NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" uuid,
	"author_kind" text NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"from_address" jsonb,
	"to_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cc_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"text" text NOT NULL,
	"parts" jsonb,
	"html" text,
	"remote_images" smallint DEFAULT 0 NOT NULL,
	"provider_id" text,
	"in_reply_to" text,
	"references" text[] DEFAULT '{}' NOT NULL,
	"auth" jsonb,
	"threading" jsonb,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"attachment_count" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"cycle" integer NOT NULL,
	"token_hash" text NOT NULL,
	"agent_id" uuid,
	"score" smallint,
	"comment" text,
	"asked_at" timestamptz NOT NULL,
	"rated_at" timestamptz,
	CONSTRAINT "ratings_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "ticket_clocks" (
	"ticket_id" uuid NOT NULL,
	"target" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamptz NOT NULL,
	"due_at" timestamptz,
	"ended_at" timestamptz,
	"elapsed_ms" bigint,
	"seconds" integer NOT NULL,
	"calendar_version" integer NOT NULL,
	CONSTRAINT "ticket_clocks_ticket_id_target_pk" PRIMARY KEY("ticket_id","target")
);
--> statement-breakpoint
CREATE TABLE "ticket_links" (
	"ticket_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "ticket_links_ticket_id_other_id_kind_pk" PRIMARY KEY("ticket_id","other_id","kind")
);
--> statement-breakpoint
CREATE TABLE "ticket_participants" (
	"ticket_id" uuid NOT NULL,
	"email" text NOT NULL,
	"contact_id" uuid,
	"kind" text NOT NULL,
	CONSTRAINT "ticket_participants_ticket_id_email_pk" PRIMARY KEY("ticket_id","email")
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "tickets_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1),
	"subject" text NOT NULL,
	"normalised_subject" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"priority" text DEFAULT 'normal' NOT NULL,
	"type" text,
	"segment" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" uuid,
	"requester_id" uuid NOT NULL,
	"account_id" uuid,
	"assignee_id" uuid,
	"team_id" uuid NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"urgent_at" timestamptz,
	"preview" text DEFAULT '' NOT NULL,
	"last_author" text DEFAULT 'contact' NOT NULL,
	"attention" text,
	"solve_cycle" integer DEFAULT 0 NOT NULL,
	"reopened" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"solved_at" timestamptz,
	"closed_at" timestamptz,
	CONSTRAINT "tickets_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "ledger_cursors" (
	"name" text PRIMARY KEY NOT NULL,
	"position" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ticket_facts" (
	"ticket_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamptz NOT NULL,
	"ended_at" timestamptz NOT NULL,
	"seq" bigint NOT NULL,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent_credentials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent_rate_limits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "agent_rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "agent_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "agent_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "agent_two_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"last_step" bigint,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "agent_two_factors_agent_id_unique" UNIQUE("agent_id")
);
--> statement-breakpoint
CREATE TABLE "agent_verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"visibility" text DEFAULT 'all' NOT NULL,
	"state" text DEFAULT 'invited' NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "agents_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"owner_id" uuid,
	"hint" text NOT NULL,
	"hash" text NOT NULL,
	"boot" boolean DEFAULT false NOT NULL,
	"created_at" timestamptz NOT NULL,
	"last_used_at" timestamptz,
	"revoked_at" timestamptz,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "calendar_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"hours" jsonb NOT NULL,
	"first_reply_seconds" integer NOT NULL,
	"created_at" timestamptz NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"agent_id" uuid,
	"expires_at" timestamptz NOT NULL,
	"used_at" timestamptz,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamptz NOT NULL,
	"created_by" text
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	CONSTRAINT "team_members_team_id_agent_id_pk" PRIMARY KEY("team_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"signature" text DEFAULT '' NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "teams_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "worker_processes" (
	"id" text PRIMARY KEY NOT NULL,
	"lock" integer NOT NULL,
	"started_at" timestamptz NOT NULL,
	CONSTRAINT "worker_processes_lock_unique" UNIQUE("lock")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"occurred_at" timestamptz NOT NULL,
	"recorded_at" timestamptz NOT NULL,
	"type" text NOT NULL,
	"version" smallint DEFAULT 1 NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"cause_id" uuid,
	"ticket_id" uuid,
	"contact_id" uuid,
	"account_id" uuid,
	"operation_id" uuid,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"request_hash" text NOT NULL,
	"status" smallint,
	"body" jsonb,
	"created_at" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform_state" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_attempts" ADD CONSTRAINT "operation_attempts_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_preview_id_refund_previews_id_fk" FOREIGN KEY ("preview_id") REFERENCES "public"."refund_previews"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_requested_by_agent_agents_id_fk" FOREIGN KEY ("requested_by_agent") REFERENCES "public"."agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_identities" ADD CONSTRAINT "contact_identities_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custody_counts" ADD CONSTRAINT "custody_counts_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_items" ADD CONSTRAINT "raw_items_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_work" ADD CONSTRAINT "receipt_work_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_search" ADD CONSTRAINT "message_search_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_search" ADD CONSTRAINT "message_search_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_clocks" ADD CONSTRAINT "ticket_clocks_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_other_id_tickets_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_participants" ADD CONSTRAINT "ticket_participants_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_participants" ADD CONSTRAINT "ticket_participants_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_requester_id_contacts_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_assignee_id_agents_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_facts" ADD CONSTRAINT "ticket_facts_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_credentials" ADD CONSTRAINT "agent_credentials_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_sessions" ADD CONSTRAINT "agent_sessions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_two_factors" ADD CONSTRAINT "agent_two_factors_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_listed" ON "approvals" USING btree ((state = 'open') desc,"created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "approvals_state" ON "approvals" USING btree ("state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "approvals_expiring" ON "approvals" USING btree ("expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "authority_codes_ticket" ON "authority_codes" USING btree ("ticket_id","created_at");--> statement-breakpoint
CREATE INDEX "authority_grants_ticket" ON "authority_grants" USING btree ("ticket_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_links_pair" ON "billing_links" USING btree ("stripe_account","customer_id","owner_kind","owner_id");--> statement-breakpoint
CREATE INDEX "billing_links_owner" ON "billing_links" USING btree ("owner_kind","owner_id");--> statement-breakpoint
CREATE INDEX "mirror_stale" ON "mirror_objects" USING btree ("stripe_account","hinted_mark") WHERE hinted_mark is not null and (kept_mark is null or kept_mark <= hinted_mark);--> statement-breakpoint
CREATE INDEX "mirror_customer" ON "mirror_objects" USING btree ("stripe_account","customer_id","kind","created" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mirror_refs" ON "mirror_objects" USING gin ("refs") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "mirror_email" ON "mirror_objects" USING btree (lower(email)) WHERE kind = 'customer';--> statement-breakpoint
CREATE INDEX "mirror_customers_created" ON "mirror_objects" USING btree ("stripe_account","created" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE kind = 'customer' and not deleted;--> statement-breakpoint
CREATE INDEX "mirror_customer_email_trgm" ON "mirror_objects" USING gin (email gin_trgm_ops) WHERE kind = 'customer';--> statement-breakpoint
CREATE INDEX "mirror_customer_name_trgm" ON "mirror_objects" USING gin (name gin_trgm_ops) WHERE kind = 'customer';--> statement-breakpoint
CREATE INDEX "operations_created" ON "operations" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "operations_state" ON "operations" USING btree ("state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "operations_ticket" ON "operations" USING btree ("ticket_id","created_at" DESC NULLS LAST) WHERE ticket_id is not null;--> statement-breakpoint
CREATE INDEX "operations_charge" ON "operations" USING btree ("charge");--> statement-breakpoint
CREATE INDEX "operations_refund" ON "operations" USING btree ("refund_id") WHERE refund_id is not null;--> statement-breakpoint
CREATE INDEX "operations_customer" ON "operations" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE INDEX "operations_due" ON "operations" USING btree ("next_at") WHERE state in ('queued', 'running', 'verifying');--> statement-breakpoint
CREATE INDEX "refund_previews_unused" ON "refund_previews" USING btree ("expires_at") WHERE operation_id is null;--> statement-breakpoint
CREATE INDEX "webhook_events_waiting" ON "webhook_events" USING btree ("received_at") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "account_domains_account" ON "account_domains" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "accounts_created" ON "accounts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_name_trgm" ON "accounts" USING gin (name gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contact_identities_contact" ON "contact_identities" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contacts_created" ON "contacts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("email");--> statement-breakpoint
CREATE INDEX "contacts_account" ON "contacts" USING btree ("account_id") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_name_trgm" ON "contacts" USING gin (name gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contacts_email_trgm" ON "contacts" USING gin (email gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_identity" ON "receipts" USING btree ("source_id","provider_id","content_hash") WHERE disposition <> 'duplicate';--> statement-breakpoint
CREATE INDEX "receipts_received" ON "receipts" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_disposition" ON "receipts" USING btree ("disposition","received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_source" ON "receipts" USING btree ("source_id","received_at","id");--> statement-breakpoint
CREATE INDEX "receipts_provider" ON "receipts" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "attachments_message" ON "attachments" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "attachments_ticket" ON "attachments" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "auto_mails_email" ON "auto_mails" USING btree ("email","sent_at");--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("state","at") WHERE state in ('scheduled', 'queued', 'handing_over');--> statement-breakpoint
CREATE INDEX "deliveries_ticket" ON "deliveries" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "message_search_words" ON "message_search" USING gin ("words") WITH (fastupdate=true,gin_pending_list_limit=1024);--> statement-breakpoint
CREATE INDEX "messages_ticket" ON "messages" USING btree ("ticket_id","created_at","id");--> statement-breakpoint
CREATE INDEX "messages_provider" ON "messages" USING btree ("source_id","provider_id") WHERE provider_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_cycle" ON "ratings" USING btree ("ticket_id","cycle");--> statement-breakpoint
CREATE INDEX "ticket_clocks_due" ON "ticket_clocks" USING btree ("due_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "ticket_clocks_terms" ON "ticket_clocks" USING btree ("calendar_version","ticket_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "ticket_links_other" ON "ticket_links" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "tickets_next" ON "tickets" USING btree ((coalesce(urgent_at, 'infinity'::timestamptz)),"id") WHERE status in ('new', 'open');--> statement-breakpoint
CREATE INDEX "tickets_mine" ON "tickets" USING btree ("assignee_id",(coalesce(urgent_at, 'infinity'::timestamptz)),"id") WHERE status in ('new', 'open', 'pending', 'on_hold');--> statement-breakpoint
CREATE INDEX "tickets_unassigned" ON "tickets" USING btree ((coalesce(urgent_at, 'infinity'::timestamptz)),"id") WHERE assignee_id is null and status in ('new', 'open');--> statement-breakpoint
CREATE INDEX "tickets_status" ON "tickets" USING btree ("status","updated_at","id") WHERE status in ('new', 'open', 'pending', 'on_hold');--> statement-breakpoint
CREATE INDEX "tickets_attention" ON "tickets" USING btree ("updated_at","id") WHERE attention is not null;--> statement-breakpoint
CREATE INDEX "tickets_solved" ON "tickets" USING btree ("solved_at","id") WHERE solved_at is not null;--> statement-breakpoint
CREATE INDEX "tickets_to_close" ON "tickets" USING btree ("solved_at") WHERE status = 'solved';--> statement-breakpoint
CREATE INDEX "tickets_updated" ON "tickets" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "tickets_team" ON "tickets" USING btree ("team_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "tickets_requester" ON "tickets" USING btree ("requester_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "tickets_account" ON "tickets" USING btree ("account_id","updated_at","id") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "tickets_assignee" ON "tickets" USING btree ("assignee_id","updated_at","id") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "tickets_created" ON "tickets" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ticket_facts_created" ON "ticket_facts" USING btree ("created_at","ticket_id","ended_at");--> statement-breakpoint
CREATE INDEX "ticket_facts_ended" ON "ticket_facts" USING btree ("ended_at","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "agent_credentials_agent" ON "agent_credentials" USING btree ("agent_id","provider_id");--> statement-breakpoint
CREATE INDEX "agent_sessions_agent" ON "agent_sessions" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "agent_sessions_expires" ON "agent_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "agent_verifications_identifier" ON "agent_verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "agent_verifications_expires" ON "agent_verifications" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "api_keys_owner" ON "api_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "one_time_links_agent" ON "one_time_links" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "team_members_agent" ON "team_members" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "events_follow" ON "events" USING btree ("tx","seq");--> statement-breakpoint
CREATE INDEX "events_seq" ON "events" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "events_ticket" ON "events" USING btree ("ticket_id","seq") WHERE ticket_id is not null;--> statement-breakpoint
CREATE INDEX "events_operation" ON "events" USING btree ("operation_id","seq") WHERE operation_id is not null;--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("type","occurred_at");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("actor_id","seq") WHERE actor_kind in ('agent', 'api');--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");