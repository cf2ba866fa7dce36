package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.protocol.error.KmsErrorCode;

/** The documents name only what there is, and all of it where a document claims to be complete. */
class DocumentationTest {
    private static final Path ROOT = ProjectFolder.ROOT;
    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(\\./\\S+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern TYPE_IN_BACKTICKS =
            Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.\\w+)?`");
    private static final Pattern ERROR_ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\| (\\d{3}) \\| (\\d+) \\|");

    @ParameterizedTest
    @EnumSource
    void everyErrorCodeIsListedWithItsStatusAndCode(KmsErrorCode error) {
        assertThat(read("docs/errors.md"))
                .contains("| " + error.name() + " | " + error.httpStatus() + " | " + error.code() + " |");
    }

    @Test
    void noErrorIsListedThatTheServerDoesNotKnow() {
        Set<String> known = Stream.of(KmsErrorCode.values()).map(Enum::name).collect(Collectors.toSet());
        Set<String> listed = found(ERROR_ROW, read("docs/errors.md"));
        assertThat(listed).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void commandsOfTheReadmeAreThereAndExecutable() {
        Set<String> commands = SHELL_BLOCK
                .matcher(read("README.md"))
                .results()
                .flatMap(block -> found(COMMAND, block.group(1)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(commands).contains("./run");
        assertThat(commands)
                .allSatisfy(command -> assertThat(ROOT.resolve(command)).isExecutable());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFilesThatExist(String document) {
        Path folder = ROOT.resolve(document).getParent();
        assertThat(found(LINK, read(document)))
                .allSatisfy(target -> assertThat(folder.resolve(target)).exists());
    }

    @Test
    void conformanceNamesOnlyClassesThatExist() {
        Set<String> sources = sourceTypes();
        assertThat(found(TYPE_IN_BACKTICKS, read("docs/conformance.md")))
                .isNotEmpty()
                .isSubsetOf(sources);
    }

    static List<String> documents() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            Stream<String> inDocs = files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.relativize(file).toString());
            return Stream.concat(inDocs, Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all types that have a source file of their own in any module. */
    private static Set<String> sourceTypes() {
        try (Stream<Path> files = Files.find(
                ROOT,
                20,
                (file, attributes) ->
                        file.toString().contains("/src/") && file.toString().endsWith(".java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String document) {
        try {
            return Files.readString(ROOT.resolve(document));
        } catch (IOException e) {
            throw new UncheckedIOException("no document " + document, e);
        }
    }
}
