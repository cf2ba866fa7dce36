package org.mckms.kms.domain;

/**
 * What a kind of client may do whose device has no keys of its own here. A device that has some signs its requests and
 * gets wrapped keys, whatever this says.
 *
 * @param plainKeysAllowed       whether private keys may be sent without a transport key, hidden by TLS alone
 * @param signedRequestsRequired whether a request has to be signed
 */
public record ClassPolicy(boolean plainKeysAllowed, boolean signedRequestsRequired) {}
