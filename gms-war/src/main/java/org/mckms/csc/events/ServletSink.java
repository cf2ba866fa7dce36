package org.mckms.csc.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The connection of an asynchronous request, written without blocking. It is not ready before it is attached; what is closed
 * before that is completed when it is attached. The stream's lock keeps its methods apart.
 */
final class ServletSink implements EventSink {

    private AsyncContext context;
    private ServletOutputStream out;
    private boolean closed;

    /** Lets the container tell the stream when it may write, and when the reader is gone. */
    void attach(AsyncContext started, EventStream stream) throws IOException {
        ServletOutputStream output = started.getResponse().getOutputStream();
        synchronized (stream) {
            context = started;
            out = output;
            if (closed) {
                started.complete();
                return;
            }
            started.addListener(new Ending(stream));
            output.setWriteListener(new Writing(stream));
        }
    }

    @Override
    public boolean isReady() {
        return out != null && out.isReady();
    }

    @Override
    public void write(byte[] octets) throws IOException {
        out.write(octets);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        if (context != null) {
            try {
                context.complete();
            } catch (IllegalStateException e) {
                // the reader was gone first, and the container has completed it
                return;
            }
        }
    }

    private record Writing(EventStream stream) implements WriteListener {

        @Override
        public void onWritePossible() {
            stream.drain();
        }

        @Override
        public void onError(Throwable thrown) {
            stream.close();
        }
    }

    private record Ending(EventStream stream) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            stream.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            stream.close();
        }

        @Override
        public void onError(AsyncEvent event) {
            stream.close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // a stream is started once
        }
    }
}
