package org.mckms.client.store;

/**
 * A counter outside of the file that only grows, such as a platform has for this purpose. Every write of a key store
 * raises its generation; a file below the counter is an old copy that somebody put back, and is refused.
 */
public interface RollbackGuard {
    /** No counter: only a copy put back while the store is open is noticed. */
    RollbackGuard NONE = new RollbackGuard() {
        @Override
        public long lowest() {
            return 0;
        }

        @Override
        public void raise(long generation) {
            // nothing to keep it in
        }
    };

    /** The lowest generation that is still accepted. */
    long lowest();

    /** Called after a file of this generation is on disk. */
    void raise(long generation);
}
