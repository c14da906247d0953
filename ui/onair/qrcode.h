// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace cycast
{

/// `text` as a QR code, one pixel per module, black on white with the quiet zone of four modules that
/// ISO/IEC 18004 asks for. Null when it is too long (about 2,300 bytes). Error correction M.
QImage qrCode(const QString &text);

/// Shows a QR code as large as its place allows, in whole pixels per module. Always black on white: phones
/// read it in dark rooms too.
class QrCodeView : public QWidget
{
    Q_OBJECT

public:
    explicit QrCodeView(QWidget *parent = nullptr);

    void setText(const QString &text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_code;
};

} // namespace cycast
