import type { Migration } from './index'

/**
 * The search index. `search_text` (see ../search.ts) turns a prompt into the stretches of eight characters
 * that begin at each character of each word, so that a prefix query finds a word of any length anywhere
 * inside another.
 */
export const search: Migration = {
  version: 3,
  up(db) {
    db.exec(`
      CREATE VIRTUAL TABLE job_search USING fts5 (
        text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7'
      );
      CREATE TRIGGER job_search_insert AFTER INSERT ON job BEGIN
        INSERT INTO job_search (rowid, text) VALUES (new.seq, search_text(new.prompt));
      END;
      CREATE TRIGGER job_search_delete AFTER DELETE ON job BEGIN
        DELETE FROM job_search WHERE rowid = old.seq;
      END;
      INSERT INTO job_search (rowid, text) SELECT seq, search_text(prompt) FROM job;
    `)
  },
}
