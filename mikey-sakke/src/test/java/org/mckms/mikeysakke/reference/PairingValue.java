package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidKeyMaterialException;

/**
 * Immutable element of the group of order q that the SAKKE pairing maps to: the class x0 + i*x1 of F_p2 modulo F_p, written as the one
 * value x1/x0 of F_p (RFC 6508 clause 3.2).
 */
public final class PairingValue {
    private static final PrimeField FIELD = Curve.SAKKE.field();

    /** g = pairing(P, P) of parameter set 1 (RFC 6509 appendix A). */
    private static final FieldElement G = FIELD.element(new BigInteger(
            "66FC2A432B6EA392148F15867D623068C6A87BD1FB94C41E27FABE658E015A87"
                    + "371E94744C96FEDA449AE9563F8BC446CBFDA85D5D00EF577072DA8F541721BE"
                    + "EE0FAED1828EAB90B99DFB0138C7843355DF0460B4A9FD74B4F1A32BCAFA1FFA"
                    + "D682C033A7942BCCE3720F20B9B7B0403C8CAE87B7A0042ACDE0FAB36461EA46",
            16));

    private final FieldElement representative;

    private PairingValue(FieldElement representative) {
        this.representative = representative;
    }

    /** The class of {@code value}; empty if it has no representative, which no pairing of points of order q yields. */
    static Optional<PairingValue> of(Fp2 value) {
        if (value.re().isZero()) {
            return Optional.empty();
        }
        return Optional.of(new PairingValue(value.im().times(value.re().inverse())));
    }

    /** g, the pairing of the base point with itself. */
    public static PairingValue generator() {
        return new PairingValue(G);
    }

    /** g to the power of k, by a precomputed table. */
    public static PairingValue generatorPower(Scalar k) {
        int[] digits = SignedWindows.digits(k.value(), GeneratorTable.WINDOWS.size());
        Fp2 product = new Fp2(FIELD.one(), FIELD.zero());
        for (int window = 0; window < digits.length; window++) {
            int digit = digits[window];
            if (digit > 0) {
                product =
                        product.timesOnePlusI(GeneratorTable.WINDOWS.get(window).get(digit - 1));
            } else if (digit < 0) {
                FieldElement factor = GeneratorTable.WINDOWS.get(window).get(-digit - 1);
                product = product.timesOnePlusI(factor.negate());
            }
        }
        return of(product).orElseThrow(() -> new InvalidKeyMaterialException("power of g without representative"));
    }

    /** 128 octets, leading zero octets included. */
    public byte[] encode() {
        return representative.encode();
    }

    /** Whether both are the same element. */
    public boolean sameAs(PairingValue other) {
        return representative.sameAs(other.representative);
    }

    /** Made at first use. */
    private static final class GeneratorTable {
        /** For each window w the representatives of g^(i * 32^w), i = 1..16. */
        static final List<List<FieldElement>> WINDOWS = make();

        private static List<List<FieldElement>> make() {
            int windows = SignedWindows.count(Curve.SAKKE.order());
            List<List<FieldElement>> table = new ArrayList<>(windows);
            FieldElement unit = G;
            for (int window = 0; window < windows; window++) {
                List<FieldElement> powers = powersOf(unit);
                table.add(powers.subList(0, SignedWindows.MAX_DIGIT));
                unit = powers.get(powers.size() - 1);
            }
            return List.copyOf(table);
        }

        /** The representatives of u^1 to u^16 and of u^32. */
        private static List<FieldElement> powersOf(FieldElement unit) {
            List<Fp2> powers = new ArrayList<>(SignedWindows.MAX_DIGIT + 1);
            Fp2 power = new Fp2(FIELD.one(), FIELD.zero());
            for (int i = 1; i <= SignedWindows.MAX_DIGIT; i++) {
                power = power.timesOnePlusI(unit);
                powers.add(power);
            }
            powers.add(power.square());
            List<FieldElement> inverses =
                    FIELD.inverses(powers.stream().map(Fp2::re).toList());
            List<FieldElement> representatives = new ArrayList<>(powers.size());
            for (int i = 0; i < powers.size(); i++) {
                representatives.add(powers.get(i).im().times(inverses.get(i)));
            }
            return List.copyOf(representatives);
        }
    }
}
