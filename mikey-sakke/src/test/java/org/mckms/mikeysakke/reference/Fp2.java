package org.mckms.mikeysakke.reference;

/** Immutable element re + i*im of F_p[i]/(i^2 + 1), over the field of the SAKKE curve. */
final class Fp2 {
    private final FieldElement re;
    private final FieldElement im;

    Fp2(FieldElement re, FieldElement im) {
        this.re = re;
        this.im = im;
    }

    FieldElement re() {
        return re;
    }

    FieldElement im() {
        return im;
    }

    Fp2 square() {
        return new Fp2(re.plus(im).times(re.minus(im)), re.times(im).twice());
    }

    Fp2 times(Fp2 other) {
        FieldElement reRe = re.times(other.re);
        FieldElement imIm = im.times(other.im);
        FieldElement all = re.plus(im).times(other.re.plus(other.im));
        return new Fp2(reRe.minus(imIm), all.minus(reRe).minus(imIm));
    }

    /** The product with 1 + i*{@code t}. */
    Fp2 timesOnePlusI(FieldElement t) {
        return new Fp2(re.minus(im.times(t)), im.plus(re.times(t)));
    }
}
