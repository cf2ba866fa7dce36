/**
 * The costly operations of SAKKE on batches, with one implementation in plain Java and room for faster ones. Not part of the public API.
 */
package org.mckms.mikeysakke.core;
