package org.mckms.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The server's log while a test looks at it. */
public final class RecordedLog implements AutoCloseable {

    private final Logger logger = Logger.getLogger("org.mckms");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public RecordedLog() {
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
    }

    /** Lines with this number, such as {@code KMS000041}. */
    public List<String> lines(String number) {
        return lines.stream().filter(line -> line.startsWith(number)).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }
}
