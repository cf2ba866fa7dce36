/**
 * The Tate-Lichtenbaum pairing of RFC 6508 clause 3.2 over packs of field elements: for two points, and for many points with one secret
 * point of which a table of lines is held. Not part of the public API.
 */
package org.mckms.mikeysakke.pairing;
