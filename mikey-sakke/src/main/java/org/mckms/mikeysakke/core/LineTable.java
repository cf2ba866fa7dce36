package org.mckms.mikeysakke.core;

/**
 * The lines of the pairing for one point, usually a receiver secret key, calculated beforehand by a {@link SakkeCore}. It serves the
 * core that made it only and is as secret as the point.
 */
public interface LineTable extends AutoCloseable {
    /** Zeroes the lines; closing again does nothing. */
    @Override
    void close();
}
