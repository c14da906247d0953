// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket/tlscontext.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

// Of TLS 1.2; forward secrecy and AEAD only. What a processor without AES instructions does faster, ChaCha20,
// is chosen by clients that say so (SSL_OP_PRIORITIZE_CHACHA).
constexpr auto ciphers12 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr auto ciphers13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
// Half the work of a 256-bit key for every byte, and nobody breaks it: 128 bits come first.
constexpr auto groups = "X25519:P-256:P-384";
constexpr long ticketSeconds = 7'200;

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Certificate certificateFrom(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return {d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), &X509_free};
}

PrivateKey keyFrom(const QSslKey &key)
{
    const QByteArray der = key.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return {d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size())), &EVP_PKEY_free};
}

bool use(SSL_CTX *context, const TlsIdentity &identity)
{
    const Certificate own = certificateFrom(identity.chain.constFirst());
    const PrivateKey key = keyFrom(identity.key);
    if (!own || !key || SSL_CTX_use_certificate(context, own.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return false;
    for (const QSslCertificate &each : identity.chain.mid(1)) {
        const Certificate further = certificateFrom(each);
        if (!further || SSL_CTX_add1_chain_cert(context, further.get()) != 1)
            return false;
    }
    return true;
}

constexpr std::array<unsigned char, 11> proofProtocol{10, 'a', 'c', 'm', 'e', '-', 't', 'l', 's', '/', '1'};

bool namesProofProtocol(QByteArrayView protocols)
{
    return protocols.contains(QByteArrayView(proofProtocol.data(), proofProtocol.size()));
}

// Before a certificate is chosen: who asks for a proof goes on with the context that the connection has for
// that, if there is one.
int chooseContext(SSL *ssl, int *, void *)
{
    auto *proof = static_cast<SSL_CTX *>(SSL_get_app_data(ssl));
    const unsigned char *protocols = nullptr;
    size_t size = 0;
    if (proof &&
        SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, &protocols,
                                  &size) == 1 &&
        namesProofProtocol(QByteArrayView(protocols, static_cast<qsizetype>(size))))
        SSL_set_SSL_CTX(ssl, proof);
    return SSL_CLIENT_HELLO_SUCCESS;
}

int selectProofProtocol(SSL *, const unsigned char **selected, unsigned char *selectedSize,
                        const unsigned char *offered, unsigned int offeredSize, void *)
{
    if (!namesProofProtocol(QByteArrayView(offered, static_cast<qsizetype>(offeredSize))))
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *selected = proofProtocol.data() + 1;
    *selectedSize = proofProtocol.size() - 1;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

QString lastTlsError()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0)
        return u"unknown reason"_s;
    const char *reason = ERR_reason_error_string(code);
    return reason ? QString::fromLatin1(reason) : u"error %1"_s.arg(code);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::makeForProof(const TlsIdentity &identity)
{
    auto context = make({identity});
    if (context)
        SSL_CTX_set_alpn_select_cb((*context)->native(), selectProofProtocol, nullptr);
    return context;
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::make(const QList<TlsIdentity> &identities)
{
    // The library writes with write(), which raises a signal when the peer has gone.
    static const auto noPipeSignal = std::signal(SIGPIPE, SIG_IGN);
    Q_UNUSED(noPipeSignal)
    SSL_CTX *native = SSL_CTX_new(TLS_server_method());
    if (!native)
        return failure(Core::tr("TLS cannot be used: %1.").arg(lastTlsError()));
    const std::shared_ptr<const TlsContext> context(new TlsContext(native));
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                    SSL_OP_ENABLE_KTLS | SSL_OP_IGNORE_UNEXPECTED_EOF);
    // A record at a time; what is sent stands in the ring, whose pieces move; and no 32 kB for whoever waits.
    SSL_CTX_set_mode(native, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF); // tickets hold what is needed
    SSL_CTX_set_timeout(native, ticketSeconds);
    SSL_CTX_set_num_tickets(native, 1);
    SSL_CTX_set_max_early_data(native, 0);
    SSL_CTX_set_client_hello_cb(native, chooseContext, nullptr);
    if (SSL_CTX_set_cipher_list(native, ciphers12) != 1 || SSL_CTX_set_ciphersuites(native, ciphers13) != 1 ||
        SSL_CTX_set1_groups_list(native, groups) != 1)
        return failure(Core::tr("TLS cannot be used: %1.").arg(lastTlsError()));
    for (const TlsIdentity &identity : identities) {
        if (!use(native, identity))
            return failure(Core::tr("The certificate for \"%1\" cannot be used: %2.")
                               .arg(identity.chain.constFirst().subjectDisplayName(), lastTlsError()));
    }
    return context;
}

} // namespace cycast
