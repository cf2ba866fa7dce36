/**
 * The receiving side of group keys: checks and opens key messages (TS 33.180 annex E), keeps what passed in an encrypted
 * file, gives session keys to who speaks and listens, and speaks with the group management server.
 */
package org.mckms.client.group;
