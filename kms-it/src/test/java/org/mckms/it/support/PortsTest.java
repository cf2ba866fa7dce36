package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes of tests that run side by side do not get one another's ports. */
class PortsTest {
    /** The first port that Linux gives to clients unless it is told otherwise; other systems begin higher. */
    private static final int FIRST_OF_CLIENTS = 32_768;

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void portsCanBeListenedOnAndAreThoseOfNoClient() throws IOException {
        List<Integer> ports = Ports.free(50);

        assertThat(ports).doesNotHaveDuplicates().allSatisfy(port -> assertThat(port)
                .isLessThan(FIRST_OF_CLIENTS));
        listening(ports.get(0)).close();
    }

    @Test
    void aPortIsGivenOutOnceAlsoWhileNobodyListensOnIt() {
        Ports one = new Ports(0);
        Ports ofAnotherProcess = new Ports(0);

        List<Integer> first = one.claim(3);

        assertThat(ofAnotherProcess.claim(3)).doesNotContainAnyElementsOf(first);
        assertThat(one.claim(3)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void whereSomebodyListensIsPassedOver() throws IOException {
        try (ServerSocket listener = listeningSomewhere()) {
            int port = listener.getLocalPort();

            assertThat(new Ports(port - Ports.FIRST).claim(1)).doesNotContain(port);
        }
    }

    private static ServerSocket listeningSomewhere() throws IOException {
        for (int port = Ports.free(1).get(0) + 1; ; port++) {
            try {
                return listening(port);
            } catch (BindException taken) {
                assertThat(port).isLessThan(FIRST_OF_CLIENTS);
            }
        }
    }
}
