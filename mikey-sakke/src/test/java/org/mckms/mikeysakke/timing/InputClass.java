package org.mckms.mikeysakke.timing;

/** The secrets whose times are compared. */
enum InputClass {
    /** Uniform; the others are compared with it. */
    RANDOM("random"),
    /** Uniform as well: the null control, which shows the resolution of the measurement. */
    RANDOM_AGAIN("random (control)"),
    /** One small number, mostly 1. */
    SMALL("fixed small"),
    /** One large number, mostly q - 1. */
    LARGE("fixed large");

    private final String title;

    InputClass(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
