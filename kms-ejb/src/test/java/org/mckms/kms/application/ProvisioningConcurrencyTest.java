package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;

class ProvisioningConcurrencyTest {

    /** Half of the callers name their two identities in the opposite order. */
    @Test
    void manyFirstRequestsOfOneClientGiveOneKeySetPerIdentity() throws ExecutionException, InterruptedException {
        try (ServerRig rig = new ServerRig()) {
            rig.epoch();
            Set<Octets> tokens = ConcurrentHashMap.newKeySet();
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                AuthenticatedIdentity caller = i % 2 == 0 ? ServerRig.user(ALICE, BOB) : ServerRig.user(BOB, ALICE);
                calls.add(() -> {
                    try (KmsResponse provisioned = rig.provision(caller, ServerRig.request())) {
                        ((KmsKeyProv) provisioned.answer())
                                .keySets()
                                .forEach(keys -> tokens.add(keys.pvt().octets()));
                    }
                    return null;
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(8);
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
            threads.shutdown();

            assertThat(tokens).hasSize(2);
            assertThat(rig.operatorsIdentities.list(OPERATOR, Optional.empty(), 10))
                    .extracting(IdentityView::uri, IdentityView::integrity)
                    .containsExactly(
                            tuple(ALICE, IdentityView.Integrity.INTACT), tuple(BOB, IdentityView.Integrity.INTACT));
        }
    }
}
