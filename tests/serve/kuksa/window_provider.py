"""A provider in a process of its own: ``window_provider.py PORT SECONDS STALLS_AT [PATH]``.

Moves what it is asked for from 0 to the target in SECONDS, reporting each step, and goes no
further than STALLS_AT. With nothing but kuksa-client and gRPC, as any other provider would.
"""

import queue
import sys
import time

import grpc
from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub

STEPS = 10
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def main(port: str, seconds: str, stalls_at: str, path: str = WINDOW) -> None:
    """Claim the actuator, say ``ready``, and carry out what comes."""
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = VALStub(channel)
        requests: queue.Queue[val.OpenProviderStreamRequest] = queue.Queue()
        claim = val.ProvideActuationRequest(actuator_identifiers=[types.SignalID(path=path)])
        requests.put(val.OpenProviderStreamRequest(provide_actuation_request=claim))
        for response in stub.OpenProviderStream(iter(requests.get, None)):
            if response.HasField("provide_actuation_response"):
                print("ready", flush=True)
            for request in response.batch_actuate_stream_request.actuate_requests:
                move(requests, request, float(seconds), int(stalls_at or 1000))


def move(requests, request: val.ActuateRequest, seconds: float, stalls_at: int) -> None:
    """Report the way to the target, step by step."""
    for step in range(1, STEPS + 1):
        time.sleep(seconds / STEPS)
        position = request.value.uint32 * step // STEPS
        if position > stalls_at:
            return
        point = types.Datapoint(value=types.Value(uint32=position))
        points = {request.signal_id.id: point}
        values = val.PublishValuesRequest(request_id=step, data_points=points)
        requests.put(val.OpenProviderStreamRequest(publish_values_request=values))


if __name__ == "__main__":
    main(*sys.argv[1:])
