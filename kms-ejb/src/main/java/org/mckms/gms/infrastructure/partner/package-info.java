/** The GMSs of partners: the way to them, and the key messages that come from them. */
package org.mckms.gms.infrastructure.partner;
