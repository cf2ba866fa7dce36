package org.mckms.mikeysakke;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.field.DependsOnTheCurve;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Shows that the rules of {@link ArchitectureTest} find what they forbid. */
class ArchitectureControlTest {
    static Stream<Arguments> rulesAndOffenders() {
        return Stream.of(
                Arguments.of(ArchitectureTest.needsTheJdkOnly, ImportsAnotherLibrary.class),
                Arguments.of(ArchitectureTest.usesNoBigInteger, EncodesAnInteger.class),
                Arguments.of(ArchitectureTest.dependsDownwardsOnly, DependsOnTheCurve.class),
                Arguments.of(ArchitectureTest.keepsSecretsOutOfRecordsAndSerializableTypes, RecordWithASecret.class),
                Arguments.of(ArchitectureTest.keepsSecretsOutOfRecordsAndSerializableTypes, RecordWithAPoint.class),
                Arguments.of(
                        ArchitectureTest.keepsSecretsOutOfRecordsAndSerializableTypes, SerializableWithASecret.class),
                Arguments.of(ArchitectureTest.keepsSecretTypesUnserializableAndFinal, SerializableSecret.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, ReturnsAPoint.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, TakesAPoint.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, TakesPoints.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, ReturnsAListOfPoints.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, ShowsAPoint.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, LeavesAPointToItsHeirs.class),
                Arguments.of(ArchitectureTest.keepsArithmeticOutOfThePublicApi, ReturnsATableOfACore.class),
                Arguments.of(ArchitectureTest.derivesNoPublicTypeFromArithmetic, IsATableOfACore.class),
                Arguments.of(ArchitectureTest.writesNothingToTheConsole, PrintsToTheConsole.class),
                Arguments.of(ArchitectureTest.takesRandomnessAndTimeFromTheCaller, MakesRandomness.class));
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void findsTheOffender(ArchRule rule, Class<?> offender) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(offender, EdwardsPoint.class))
                        .hasViolation())
                .isTrue();
    }

    static final class ImportsAnotherLibrary {
        final ArchRule rule = ArchitectureTest.needsTheJdkOnly;
    }

    static final class EncodesAnInteger {
        byte[] encode() {
            return BigInteger.ONE.toByteArray();
        }
    }

    record RecordWithASecret(SecretOctets secret) {}

    static final class SerializableWithASecret implements Serializable {
        private final transient SecretOctets secret = SecretOctets.copyOf(new byte[1]);

        int size() {
            return secret.size();
        }
    }

    static class SerializableSecret implements AutoCloseable, Serializable {
        @Override
        public void close() {}
    }

    record RecordWithAPoint(EdwardsPoint point) {}

    public static final class ReturnsAPoint {
        public EdwardsPoint point() {
            return new EdwardsPoint(ScalarSakkeField.INSTANCE);
        }
    }

    public static final class TakesAPoint {
        public void twice(EdwardsPoint point) {
            point.twice(1);
        }
    }

    public static final class TakesPoints {
        public int count(EdwardsPoint[][] points) {
            return points.length;
        }
    }

    public static final class ReturnsAListOfPoints {
        public List<? extends EdwardsPoint> points() {
            return List.of();
        }
    }

    public static final class ShowsAPoint {
        public final EdwardsPoint point = new EdwardsPoint(ScalarSakkeField.INSTANCE);
    }

    public static class LeavesAPointToItsHeirs {
        protected EdwardsPoint point() {
            return new EdwardsPoint(ScalarSakkeField.INSTANCE);
        }
    }

    public static final class ReturnsATableOfACore {
        public Optional<SenderTable> table() {
            return Optional.empty();
        }
    }

    public static final class IsATableOfACore implements SenderTable {}

    /** A core is chosen by the caller; what follows from it stays inside. */
    public static final class TakesACore {
        private final SakkeCore core;

        public TakesACore(SakkeCore core) {
            this.core = core;
        }

        public SakkeCore core() {
            return core;
        }

        SenderTable table(byte[] zT) {
            return core.senderTable(zT);
        }
    }

    @Test
    void allowsACoreInThePublicApi() {
        assertThat(ArchitectureTest.keepsArithmeticOutOfThePublicApi
                        .evaluate(new ClassFileImporter().importClasses(TakesACore.class))
                        .hasViolation())
                .isFalse();
    }

    static final class PrintsToTheConsole {
        void print() {
            System.out.println();
        }
    }

    static final class MakesRandomness {
        final SecureRandom random = new SecureRandom();
    }
}
