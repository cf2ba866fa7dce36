/**
 * What group management servers, their partners and the members of groups send each other: group key transport payloads and
 * group documents in the forms of TS 24.481, and our own XML for acknowledgements and for regrouping over systems.
 */
package org.mckms.protocol.group;
