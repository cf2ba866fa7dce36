package org.mckms.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mckms.csc.PathTarget;
import org.mckms.csc.cek.CekPathTarget;
import org.mckms.csc.token.TokenTarget;
import org.mckms.mikeysakke.mikey.MikeyTarget;
import org.mckms.protocol.sealed.RegistrationTarget;

/** Replays the corpora: what fuzzing once found interesting, and what was a finding, goes through every build. */
class CorpusTest {
    private static final Path CORPUS = Path.of("corpus");
    private static final String ACCEPTED = "accepted-";

    private static final Map<String, Target> TARGETS = Map.ofEntries(
            Map.entry("request", new RequestTarget()),
            Map.entry("response", new ResponseTarget()),
            Map.entry("path", new PathTarget()),
            Map.entry("token", new TokenTarget()),
            Map.entry("registration", new RegistrationTarget()),
            Map.entry("bundle", new BundleTarget()),
            Map.entry("partner", new PartnerTarget()),
            Map.entry("group", new GroupTarget()),
            Map.entry("mikey", new MikeyTarget()),
            Map.entry("cek", new CekTarget()),
            Map.entry("cek-path", new CekPathTarget()),
            Map.entry("sip", new SipTarget()));

    static final List<String> NAMES = TARGETS.keySet().stream().sorted().toList();

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyInputKeepsTheProperties(String name) throws IOException {
        Target target = TARGETS.get(name);
        List<Path> inputs = inputs(name);

        for (Path input : inputs) {
            boolean accepted = target.accepts(Files.readAllBytes(input));
            if (input.getFileName().toString().startsWith(ACCEPTED)) {
                assertThat(accepted).as("%s is accepted", input).isTrue();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyTargetHasInputsThatAreAcceptedAndOthers(String name) throws IOException {
        assertThat(inputs(name))
                .anyMatch(input -> input.getFileName().toString().startsWith(ACCEPTED));
        assertThat(inputs(name))
                .anyMatch(input -> !input.getFileName().toString().startsWith(ACCEPTED));
    }

    private static List<Path> inputs(String name) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            return files.sorted().toList();
        }
    }
}
