package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * Speaks to addresses that others have named, on sockets of its own: only so the address that was checked is the one that
 * is reached. When the time is over the socket is closed under whoever waits for it. Thread safe.
 */
public final class HttpsCallbacks implements CallbackExchange {

    private final CallbackPolicy policy;
    private final Supplier<SSLContext> tls;
    private final Duration limit;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;

    /**
     * @param tls   whom to trust; asked for each exchange, so that the files behind it may be replaced
     * @param limit of one exchange
     * @param timer closes what takes too long
     */
    public HttpsCallbacks(
            CallbackPolicy policy, Supplier<SSLContext> tls, Duration limit, ScheduledExecutorService timer) {
        this.policy = requireNonNull(policy, "policy");
        this.tls = requireNonNull(tls, "tls");
        this.limit = requireNonNull(limit, "limit");
        this.timer = requireNonNull(timer, "timer");
        this.nanos = System::nanoTime;
    }

    @Override
    public CallbackAnswer post(CallbackAddress address, String mediaType, Octets body, Map<String, String> headers) {
        byte[] request = CallbackRequest.octets(address, mediaType, body, headers);
        long end = nanos.getAsLong() + limit.toNanos();
        List<InetAddress> found;
        try {
            found = policy.resolve(address);
        } catch (KmsException e) {
            return new CallbackAnswer.Refused(String.valueOf(e.getMessage()));
        }
        return found.isEmpty()
                ? new CallbackAnswer.Failure("the host has no address now")
                : exchange(address, found, request, end);
    }

    private long millisTo(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - nanos.getAsLong());
    }

    private CallbackAnswer exchange(CallbackAddress address, List<InetAddress> found, byte[] request, long end) {
        try (Socket socket = connected(address, found, end)) {
            Future<?> alarm = timer.schedule(() -> close(socket), millisTo(end), TimeUnit.MILLISECONDS);
            try {
                return policy.allows(socket.getInetAddress())
                        ? ask(socket, address, request)
                        : new CallbackAnswer.Refused(
                                "the connection leads to a network that this server does not call");
            } finally {
                alarm.cancel(false);
            }
        } catch (IOException | RejectedExecutionException e) {
            if (millisTo(end) <= 0) {
                return new CallbackAnswer.Failure("the receiver did not answer within " + limit.toMillis() + " ms");
            }
            String what = e instanceof SSLException ? "no TLS connection to the receiver: " : "";
            return new CallbackAnswer.Failure(what + e.getMessage());
        }
    }

    /** A connection to the first address that takes one. */
    private Socket connected(CallbackAddress address, List<InetAddress> found, long end) throws IOException {
        IOException failure = new IOException("there was no time left for a connection");
        for (InetAddress target : found) {
            long left = millisTo(end);
            if (left <= 0) {
                break;
            }
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(target, address.port()), (int) left);
                return socket;
            } catch (IOException e) {
                close(socket);
                failure = e;
            }
        }
        throw failure;
    }

    private CallbackAnswer ask(Socket socket, CallbackAddress address, byte[] request) throws IOException {
        try (SSLSocket secure =
                (SSLSocket) tls.get().getSocketFactory().createSocket(socket, address.host(), address.port(), true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            OutputStream out = secure.getOutputStream();
            out.write(request);
            out.flush();
            CallbackResponse response = new CallbackResponse(new BufferedInputStream(secure.getInputStream()));
            CallbackAnswer.Status answer = new CallbackAnswer.Status(response.status());
            return answer.success() ? new CallbackAnswer.Status(answer.code(), content(response)) : answer;
        }
    }

    /** What was delivered stays so, whatever becomes of the rest of the answer. */
    private static Octets content(CallbackResponse response) {
        try {
            return response.content();
        } catch (IOException e) {
            return Octets.copyOf(new byte[0]);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed for whoever waits all the same
        }
    }
}
