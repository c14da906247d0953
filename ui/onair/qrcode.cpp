// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/qrcode.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace cycast
{

namespace
{
constexpr int quietModules = 4;
}

QImage qrCode(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.isEmpty() || bytes.contains('\0'))
        return {};
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (code == nullptr)
        return {};
    const int size = code->width + 2 * quietModules;
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            // The lowest bit of a module is its colour.
            if ((code->data[y * code->width + x] & 1U) != 0U)
                image.setPixel(x + quietModules, y + quietModules, qRgb(0, 0, 0));
        }
    }
    return image;
}

QrCodeView::QrCodeView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("qrCode"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("QR code of the web page"));
}

void QrCodeView::setText(const QString &text)
{
    m_code = qrCode(text);
    setAccessibleDescription(text);
    setVisible(!m_code.isNull());
    updateGeometry();
    update();
}

QSize QrCodeView::sizeHint() const
{
    return QSize(1, 1) * fontMetrics().height() * 12;
}

void QrCodeView::paintEvent(QPaintEvent *)
{
    if (m_code.isNull())
        return;
    const int scale = qMax(1, qMin(width(), height()) / m_code.width());
    const int side = scale * m_code.width();
    QPainter painter(this);
    painter.drawImage(QRect((width() - side) / 2, (height() - side) / 2, side, side), m_code);
}

} // namespace cycast
