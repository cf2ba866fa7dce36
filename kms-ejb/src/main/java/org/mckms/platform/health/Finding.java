package org.mckms.platform.health;

/**
 * What a probe found.
 *
 * @param sentence one plain sentence; of no meaning to programs
 */
public record Finding(boolean up, String sentence) {

    public static Finding up(String sentence) {
        return new Finding(true, sentence);
    }

    public static Finding down(String sentence) {
        return new Finding(false, sentence);
    }
}
