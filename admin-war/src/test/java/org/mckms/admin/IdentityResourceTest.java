package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.Identities;
import org.mckms.kms.application.IdentityView;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class IdentityResourceTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final OperatorIdentity OPERATOR =
            new OperatorIdentity("olga", Set.of(OperatorRole.OPERATOR), "ab".repeat(32));

    private final List<String> done = new ArrayList<>();
    private final IdentityResource resource = new IdentityResource();

    @BeforeEach
    void takeUseCase() {
        resource.identities = new Identities() {
            @Override
            public IdentityView block(OperatorIdentity caller, String uri, String reason) {
                done.add(caller.name() + " blocks " + uri + " because " + reason);
                return view();
            }

            @Override
            public IdentityView unblock(OperatorIdentity caller, String uri, String reason) {
                done.add(caller.name() + " unblocks " + uri + " because " + reason);
                return view();
            }
        };
    }

    private static IdentityView view() {
        return new IdentityView(
                ALICE,
                ClientKind.MC_CLIENT,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                ClientPolicy.STANDARD,
                0,
                1,
                IdentityView.Integrity.INTACT);
    }

    @Test
    void blocksForAReason() {
        resource.block(request(), body("{\"uri\":\"" + ALICE + "\",\"reason\":\"lost\"}"));
        assertThat(done).containsExactly("olga blocks " + ALICE + " because lost");
    }

    @Test
    void unblocksForAReason() {
        resource.unblock(request(), body("{\"uri\":\"" + ALICE + "\",\"reason\":\"found\"}"));
        assertThat(done).containsExactly("olga unblocks " + ALICE + " because found");
    }

    @Test
    void doesNeitherWithoutAReason() {
        for (String json : List.of("{\"uri\":\"" + ALICE + "\"}", "{\"uri\":\"" + ALICE + "\",\"reason\":\" \"}")) {
            refuses(() -> resource.block(request(), body(json)));
            refuses(() -> resource.unblock(request(), body(json)));
        }
        assertThat(done).isEmpty();
    }

    private static void refuses(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                IdentityResourceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, m, args) -> {
                    if (m.getName().equals("getAttribute")) {
                        return OPERATOR;
                    }
                    throw new UnsupportedOperationException(m.getName());
                });
    }
}
