CREATE TABLE "stripe_accounts" (
	"stripe_account" text PRIMARY KEY NOT NULL,
	"stripe_id" text NOT NULL,
	"mode" text NOT NULL,
	"label" text NOT NULL,
	"sealed_key" text,
	"sealed_signing_secret" text,
	"connected_by" text NOT NULL,
	"connected_at" timestamptz NOT NULL
);
