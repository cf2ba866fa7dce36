package org.mckms.mikeysakke;

/** A SAKKE decapsulation failed; it tells no more on purpose, since RFC 6508 rests on giving an attacker no detail. */
public final class DecapsulationException extends MikeySakkeException {
    /** Always the same text and no cause. */
    public DecapsulationException() {
        super("encapsulated data cannot be opened");
    }
}
