# A settings file as Cycast users have it.
server {
  host            = "0.0.0.0"       // every network
  source_port     = 8000
  listen_port     = 8001
  source_password = "correct horse" # keep it secret
  mount_point     = "/stream"
}

/* The ring buffer */
buffer { size_mb = 20 }

playlist {
  directory  = "./music"
  shuffle    = true
  extensions = [
    ".mp3",  # what everybody has
    ".ogg",
  ]
}

broadcaster { chunk_size = 16384, sleep_high = 0.0005, sleep_medium = 1e-3, sleep_low = 0.002 }

metadata {
  station_name        = "Kitchen Radio"
  station_description = <<-EOT
    From our kitchen
    EOT
  station_genre       = "Jazz \u0026 Soul"
  station_url         = "http://example.org/radio"
  enable_icy          = true
  icy_metaint         = 16000
}

advanced {
  max_listeners    = 100
  source_timeout   = 10.0
  verbose_logging  = false
  enable_stats     = true
  flask_debug      = false
  flask_secret_key = "s3cret"
}

// Something of our own
lights "studio" {
  when = ["live", { on = true, colour : "red" }]
}
