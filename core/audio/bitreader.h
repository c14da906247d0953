// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
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

/// Puts eight bits in place of those from bit `at` on, which must all be there.
inline void putByteAt(QByteArray &bytes, qsizetype at, unsigned value)
{
    for (int i = 0; i < 8; ++i) {
        const qsizetype bit = at + i;
        const int mask = 0x80 >> (bit % 8);
        const bool on = (value >> (7 - i) & 1U) != 0;
        bytes[bit / 8] = static_cast<char>(on ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }
}

} // namespace cycast
