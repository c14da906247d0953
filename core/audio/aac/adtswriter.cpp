// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/aac/adtswriter.h"

#include <array>

namespace cycast
{

namespace
{

/// Most significant bit first.
class BitWriter
{
public:
    void put(unsigned value, int bits)
    {
        for (int bit = bits - 1; bit >= 0; --bit) {
            if (m_count % 8 == 0)
                m_bytes.append('\0');
            if ((value >> bit & 1U) != 0)
                m_bytes.back() = static_cast<char>(m_bytes.back() | (0x80 >> (m_count % 8)));
            ++m_count;
        }
    }
    QByteArray bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
    int m_count = 0;
};

unsigned rateIndex(int sampleRate)
{
    constexpr std::array rates{96000, 88200, 64000, 48000, 44100, 32000,
                               24000, 22050, 16000, 12000, 11025, 8000};
    const auto found = std::find(rates.begin(), rates.end(), sampleRate);
    return static_cast<unsigned>(found - rates.begin());
}

/// individual_channel_stream() without any spectrum: no section, no scale factor, no tool.
void putEmptyChannel(BitWriter &bits, bool ownInfo)
{
    bits.put(0, 8); // global_gain
    if (ownInfo)
        bits.put(0, 11); // ics_info: long window, max_sfb 0, no prediction
    bits.put(0, 3);      // pulse, TNS, gain control
}

} // namespace

QByteArray adtsHeader(int sampleRate, int channels, qsizetype payloadBytes)
{
    BitWriter bits;
    bits.put(0xFFF, 12);
    bits.put(0, 1); // MPEG-4
    bits.put(0, 2);
    bits.put(1, 1); // no CRC
    bits.put(1, 2); // AAC-LC
    bits.put(rateIndex(sampleRate), 4);
    bits.put(0, 1);
    bits.put(static_cast<unsigned>(channels), 3);
    bits.put(0, 4);
    bits.put(static_cast<unsigned>(payloadBytes + adtsHeaderBytes), 13);
    bits.put(0x7FF, 11); // buffer fullness: variable bitrate
    bits.put(0, 2);      // one raw data block
    return bits.bytes();
}

QByteArray silentAdtsFrame(int sampleRate, int channels)
{
    BitWriter bits;
    if (channels == 1) {
        bits.put(0, 3); // single_channel_element
        bits.put(0, 4);
        putEmptyChannel(bits, true);
    } else {
        bits.put(1, 3); // channel_pair_element
        bits.put(0, 4);
        bits.put(1, 1);  // common window
        bits.put(0, 11); // ics_info
        bits.put(0, 2);  // no mid/side
        putEmptyChannel(bits, false);
        putEmptyChannel(bits, false);
    }
    bits.put(7, 3); // end
    const QByteArray payload = bits.bytes();
    return adtsHeader(sampleRate, channels, payload.size()) + payload;
}

} // namespace cycast
