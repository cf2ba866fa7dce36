package org.mckms.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessBoardTest {

    private final ReadinessBoard board = new ReadinessBoard();

    @Test
    void everySideIsDownBeforeTheServerHasStarted() {
        assertThat(board.started()).isEqualTo(Finding.down("the server is starting"));
        assertThat(board.reasonsNotReady())
                .containsExactly(
                        "hsm: the server is starting",
                        "database: the server is starting",
                        "epoch: the server is starting",
                        "audit: the server is starting",
                        "arithmetic: the server is starting",
                        "revocations: the server is starting");
    }

    @Test
    void namesOnlyTheSidesThatAreDown() {
        board.hangUp(new ReadinessBoard.Sides(
                () -> Finding.up("logged in"),
                () -> Finding.down("connection refused"),
                () -> Finding.up("valid"),
                () -> Finding.up("open"),
                () -> Finding.up("scalar"),
                () -> Finding.down("never looked up")));

        assertThat(board.started().up()).isTrue();
        assertThat(board.hsm()).isEqualTo(Finding.up("logged in"));
        assertThat(board.reasonsNotReady())
                .containsExactly("database: connection refused", "revocations: never looked up");
    }

    @Test
    void isReadyWhenAllSidesAreUp() {
        board.hangUp(new ReadinessBoard.Sides(
                () -> Finding.up(""),
                () -> Finding.up(""),
                () -> Finding.up(""),
                () -> Finding.up(""),
                () -> Finding.up(""),
                () -> Finding.up("")));

        assertThat(board.reasonsNotReady()).isEmpty();
    }
}
