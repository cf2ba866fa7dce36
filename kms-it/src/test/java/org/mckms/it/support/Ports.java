package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives out TCP ports of the loopback interface, each to one user. A port stays claimed until the process of the tests
 * ends, also while nobody listens on it, so that a server that is stopped finds it free when it is started again: another
 * process of tests passes it over, because its UDP namesake is held, and no client gets it for its end of a connection,
 * because it is below the ports that systems give to those.
 */
public final class Ports {
    static final int FIRST = 15_000;
    private static final int COUNT = 17_000;
    /** Processes with neighbouring numbers begin to look far from each other. */
    private static final int STRIDE = 997;

    private static final Ports OF_THIS_PROCESS =
            new Ports((int) (ProcessHandle.current().pid() * STRIDE % COUNT));

    private final List<DatagramSocket> claims = new ArrayList<>();
    private int next;

    /** @param start where to begin to look, counted from the first port */
    Ports(int start) {
        this.next = start;
    }

    /** Claims {@code count} different ports that nobody listens on. */
    public static List<Integer> free(int count) {
        return OF_THIS_PROCESS.claim(count);
    }

    synchronized List<Integer> claim(int count) {
        List<Integer> claimed = new ArrayList<>();
        for (int tried = 0; tried < COUNT && claimed.size() < count; tried++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (tryToClaim(port)) {
                claimed.add(port);
            }
        }
        if (claimed.size() < count) {
            throw new AssertionError("no " + count + " free ports from " + FIRST + " on");
        }
        return List.copyOf(claimed);
    }

    /** Says whether the port could be claimed; somebody else may have it. */
    private boolean tryToClaim(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        DatagramSocket namesake = null;
        try {
            namesake = new DatagramSocket(new InetSocketAddress(loopback, port));
            new ServerSocket(port, 1, loopback).close();
            claims.add(namesake);
            return true;
        } catch (BindException taken) {
            if (namesake != null) {
                namesake.close();
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot claim port " + port, e);
        }
    }
}
