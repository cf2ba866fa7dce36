package org.mckms.mikeysakke.secretcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that {@link SecretCodeScanner} finds what each rule forbids, and nothing in code that keeps the rules. */
class SecretCodeControlTest {
    static Stream<Arguments> rulesAndOffenders() {
        return Stream.of(
                Arguments.of(SecretCodeRule.BIG_INTEGER, HasABigInteger.class),
                Arguments.of(SecretCodeRule.BIG_INTEGER, CallsABigInteger.class),
                Arguments.of(SecretCodeRule.BIG_INTEGER, HasAnArrayOfBigIntegers.class),
                Arguments.of(SecretCodeRule.DIVISION, Divides.class),
                Arguments.of(SecretCodeRule.DIVISION, TakesARemainder.class),
                Arguments.of(SecretCodeRule.DIVISION, DividesAFloatingPointNumber.class),
                Arguments.of(SecretCodeRule.DIVISION, CallsADivision.class),
                Arguments.of(SecretCodeRule.LONG_COMPARISON, BranchesOnALimb.class),
                Arguments.of(SecretCodeRule.LONG_COMPARISON, CallsAComparison.class),
                Arguments.of(SecretCodeRule.LONG_COMPARISON, TakesTheLesser.class),
                Arguments.of(SecretCodeRule.EARLY_EXIT, ComparesArrays.class),
                Arguments.of(SecretCodeRule.EARLY_EXIT, ComparesTexts.class),
                Arguments.of(SecretCodeRule.BOXING, Boxes.class),
                Arguments.of(SecretCodeRule.BOXING, RefersToBoxing.class),
                Arguments.of(SecretCodeRule.TEXT, WritesHexDigits.class),
                Arguments.of(SecretCodeRule.TEXT, JoinsALimbToText.class),
                Arguments.of(SecretCodeRule.TEXT, MakesAString.class),
                Arguments.of(SecretCodeRule.HASH_TABLE, HasAHashMap.class),
                Arguments.of(SecretCodeRule.HASH_TABLE, TakesAHashCode.class),
                Arguments.of(SecretCodeRule.SWITCH, Switches.class));
    }

    @ParameterizedTest
    @MethodSource("rulesAndOffenders")
    void findsTheOffender(SecretCodeRule rule, Class<?> offender) throws IOException {
        assertThat(SecretCodeScanner.scan(classFile(offender)))
                .extracting(SecretCodeOffence::rule)
                .contains(rule);
    }

    @Test
    void everyRuleHasAnOffender() {
        assertThat(rulesAndOffenders().map(arguments -> arguments.get()[0]))
                .contains((Object[]) SecretCodeRule.values());
    }

    @Test
    void findsNothingInCodeThatKeepsTheRules() throws IOException {
        assertThat(SecretCodeScanner.scan(classFile(KeepsTheRules.class))).isEmpty();
    }

    @Test
    void namesTheMethodOfALambda() throws IOException {
        assertThat(SecretCodeScanner.scan(classFile(DividesInALambda.class)))
                .extracting(SecretCodeOffence::method)
                .containsExactly("SecretCodeControlTest$DividesInALambda.quotient");
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    static final class HasABigInteger {
        BigInteger secret;
    }

    static final class CallsABigInteger {
        int bits(byte[] secret) {
            return new BigInteger(secret).bitLength();
        }
    }

    static final class HasAnArrayOfBigIntegers {
        Object secrets(int count) {
            return new BigInteger[count];
        }
    }

    static final class Divides {
        int divide(int a, int b) {
            return a / b;
        }
    }

    static final class TakesARemainder {
        long remainder(long a, long b) {
            return a % b;
        }
    }

    static final class DividesAFloatingPointNumber {
        double divide(double a, double b) {
            return a / b;
        }
    }

    static final class CallsADivision {
        long remainder(long a, long b) {
            return Long.remainderUnsigned(a, b);
        }
    }

    static final class DividesInALambda {
        LongBinaryOperator quotient() {
            return (a, b) -> a / b;
        }
    }

    static final class BranchesOnALimb {
        int branch(long limb) {
            return limb < 0 ? 1 : 2;
        }
    }

    static final class CallsAComparison {
        int compare(long a, long b) {
            return Long.compareUnsigned(a, b);
        }
    }

    static final class TakesTheLesser {
        long lesser(long a, long b) {
            return Math.min(a, b);
        }
    }

    static final class ComparesArrays {
        boolean same(byte[] a, byte[] b) {
            return Arrays.equals(a, b);
        }
    }

    static final class ComparesTexts {
        boolean same(String a, String b) {
            return a.equals(b);
        }
    }

    static final class Boxes {
        Object box(long limb) {
            return limb;
        }
    }

    static final class RefersToBoxing {
        Function<Integer, Object> box() {
            return Integer::valueOf;
        }
    }

    static final class WritesHexDigits {
        String write(byte[] secret) {
            return HexFormat.of().formatHex(secret);
        }
    }

    static final class JoinsALimbToText {
        String join(long limb) {
            return "limb " + limb;
        }
    }

    static final class MakesAString {
        String make(char[] secret) {
            return new String(secret);
        }
    }

    static final class HasAHashMap {
        final Map<String, String> cache = new HashMap<>();
    }

    static final class TakesAHashCode {
        int take(byte[] secret) {
            return Arrays.hashCode(secret);
        }
    }

    static final class Switches {
        int jump(int digit) {
            return switch (digit) {
                case 0 -> 7;
                case 1 -> 5;
                default -> 3;
            };
        }
    }

    static final class KeepsTheRules {
        private final Set<String> names = Set.of("a");
        private long limb;

        void select(long other, long mask) {
            limb ^= (limb ^ other) & mask;
        }

        long product(long a) {
            return Math.multiplyHigh(limb << 5, a) >>> 3;
        }

        String describe(byte[] octets) {
            return "of " + octets.length + " octets and " + names.size() + " names";
        }
    }
}
