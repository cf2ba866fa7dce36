package org.mckms.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A network between a client and a server on loopback: passes octets on, and loses an answer when it is told to. */
public final class LossyRelay implements AutoCloseable {
    private static final int BUFFER_OCTETS = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicBoolean loseNext = new AtomicBoolean();

    private LossyRelay(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Listens on one port of loopback for a server on another one. */
    public static LossyRelay between(int port, int target) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            LossyRelay relay = new LossyRelay(listener, target);
            relay.threads.execute(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /**
     * From now on, the next octets of the server are lost and their connection breaks: on a connection that is in use,
     * that is the next answer, and the server has done its work.
     */
    public void losesTheNextAnswer() {
        loseNext.set(true);
    }

    /** Whether an answer that was to be lost is lost. */
    public boolean hasLostIt() {
        return !loseNext.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
                open.add(client);
                open.add(server);
                threads.execute(() -> pass(client, server, false));
                threads.execute(() -> pass(server, client, true));
            } catch (IOException e) {
                // closed, or the server is away: the client finds no connection
                continue;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[BUFFER_OCTETS];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && loseNext.compareAndSet(true, false)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // the other side is gone, and both sockets are closed
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
