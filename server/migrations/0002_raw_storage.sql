-- Mail is mostly base64 already; compressing it again costs more than it saves.
ALTER TABLE raw_items ALTER COLUMN bytes SET STORAGE EXTERNAL;
