// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtEndian>

namespace cycast
{

/// Takes bytes apart bit by bit, most significant first. Behind the end there are zeroes, and left() tells.
class BitReader
{
public:
    static constexpr int mostBits = 25; ///< at a time

    explicit BitReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    /// The next 0 to mostBits bits, which stay where they are.
    quint32 peek(int bits) const
    {
        const qsizetype byte = m_place / 8;
        quint32 window = 0;
        if (byte + 4 <= m_bytes.size()) {
            window = qFromBigEndian<quint32>(m_bytes.data() + byte);
        } else {
            for (qsizetype i = byte; i < m_bytes.size(); ++i)
                window |= static_cast<quint32>(static_cast<quint8>(m_bytes[i])) << (24 - 8 * (i - byte));
        }
        return bits == 0 ? 0 : window << (m_place % 8) >> (32 - bits);
    }
    void skip(qsizetype bits) { m_place += bits; }
    quint32 take(int bits)
    {
        const quint32 value = peek(bits);
        skip(bits);
        return value;
    }
    bool takeFlag() { return take(1) != 0; }
    void skipToByte() { m_place = (m_place + 7) / 8 * 8; }

    /// Bits from the start.
    qsizetype place() const { return m_place; }
    /// Less than 0: more was taken than there was.
    qsizetype left() const { return m_bytes.size() * 8 - m_place; }

private:
    QByteArrayView m_bytes;
    qsizetype m_place = 0;
};

} // namespace cycast
