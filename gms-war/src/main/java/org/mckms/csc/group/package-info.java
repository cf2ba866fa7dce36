/**
 * The resources of group management under {@code /groupmanagement/v1} (CSC-2, CSC-3, CSC-7 and CSC-16): for those who
 * manage groups, for members, and for the GMSs of partners. Reads requests strictly, calls one use case each, writes its
 * answer.
 */
package org.mckms.csc.group;
