/**
 * The groups of points of SAKKE and ECCSI, constant in time: points, multiples by tables, and the encodings of points. Not part of the
 * public API.
 */
package org.mckms.mikeysakke.curve;
