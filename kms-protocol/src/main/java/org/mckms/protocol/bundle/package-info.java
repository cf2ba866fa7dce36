/** The pre-provisioning bundle: key sets of one user and device for periods to come, carried to it without a network. */
package org.mckms.protocol.bundle;
