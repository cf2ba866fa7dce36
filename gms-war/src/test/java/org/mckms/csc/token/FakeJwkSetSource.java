package org.mckms.csc.token;

import java.io.IOException;
import java.util.Optional;

/** A source whose content, mark and failures a test sets; counts how often it was read. */
public final class FakeJwkSetSource implements JwkSetSource {

    byte[] content;
    Optional<String> mark = Optional.empty();
    boolean broken;
    boolean unreadable;
    boolean breaks;
    Step onRead = () -> {};
    int reads;

    /** What happens while the source is read. */
    interface Step {
        void run() throws InterruptedException;
    }

    /** Starts with this content and without a mark. */
    public FakeJwkSetSource(byte[] content) {
        this.content = content;
    }

    @Override
    public String location() {
        return "fake-" + System.identityHashCode(this);
    }

    @Override
    public byte[] read() throws IOException {
        reads++;
        failIfBroken();
        if (breaks) {
            throw new IllegalStateException("broken on purpose");
        }
        if (unreadable) {
            throw new IOException("unreadable on purpose");
        }
        try {
            onRead.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return content;
    }

    @Override
    public Optional<String> changeMark() throws IOException {
        if (mark.isPresent()) {
            failIfBroken();
        }
        return mark;
    }

    private void failIfBroken() throws IOException {
        if (broken) {
            throw new IOException("broken on purpose");
        }
    }
}
